#!/bin/sh
# Builds the image of this commit, pushes it, and writes its tag where the clusters look.
# Who runs it: see "Deliver" in README.md.
set -eu
repository='${{ values.accountId }}.dkr.ecr.${{ values.region }}.amazonaws.com/lattice/${{ values.name }}'
tag=$(git rev-parse --short=12 HEAD)

aws ecr get-login-password --region '${{ values.region }}' | docker login --username AWS --password-stdin "${repository%%/*}"
docker build --platform linux/amd64 --tag "$repository:$tag" .
docker push "$repository:$tag"

sed -i "s/^    newTag: .*/    newTag: '$tag'/" deploy/app/kustomization.yaml
git add deploy/app/kustomization.yaml
git -c user.name=pipeline -c user.email=pipeline@invalid commit -m "Deliver $tag [skip ci]"
git push origin HEAD:main
